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
        wrong_rep_share_high
    from prices
)

select * from final
