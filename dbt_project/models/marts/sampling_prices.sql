with prices as (
    select * from {{ ref('int_sampling_prices') }}
),

final as (
    select
        sample_share,
        n_weeks,
        n_bad_weeks,
        missed_bad_week_share,
        missed_bad_week_share_low,
        missed_bad_week_share_high,
        wrong_rep_share,
        wrong_rep_share_low,
        wrong_rep_share_high,
        printf('A sample of %.0f %% ', 100 * sample_share)
        || case
            when missed_bad_week_share is null then 'meets no bad week in this period'
            else printf(
                'misses %.0f of 100 bad weeks (%.0f to %.0f; %d bad weeks)', 100 * missed_bad_week_share,
                100 * missed_bad_week_share_low, 100 * missed_bad_week_share_high, n_bad_weeks
            )
        end
        || case
            when wrong_rep_share is null then '.'
            else printf(
                ' and names another rep, or none, as the one who needs help most in %.0f of 100 weeks of a team'
                || ' (%.0f to %.0f; %d weeks).', 100 * wrong_rep_share, 100 * wrong_rep_share_low,
                100 * wrong_rep_share_high, n_weeks
            )
        end as says
    from prices
)

select * from final
