{{ config(
    materialized='incremental', incremental_strategy='append', pre_hook="{{ forget_weeks() }}"
) }}

with call_scores as (
    select * from {{ ref('call_scores') }}
    where source = 'live' and score is not null and {{ week_changed('week_start_on') }}
),

final as (
    select
        rep_id,
        team_id,
        rubric_id,
        criterion_id,
        week_start_on,
        count(*) as call_count,
        sum(opportunity_count) as opportunity_count,
        avg(score) as mean_score,
        stddev_samp(score) as sd_score
    from call_scores
    group by all
)

select * from final
