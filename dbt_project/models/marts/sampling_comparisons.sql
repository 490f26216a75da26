with comparisons as (
    select * from {{ ref('int_sampling_comparisons') }}
),

final as (
    select
        sample_share,
        rep_id,
        week_count,
        calls_per_week,
        sampled_calls_per_week,
        bad_week_count,
        missed_bad_week_share,
        missed_bad_week_share_low,
        missed_bad_week_share_high,
        wrong_level_share,
        unsampled_week_share
    from comparisons
)

select * from final
