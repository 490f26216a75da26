{{ config(materialized='view') }}

with call_scores as (
    select * from {{ ref('call_scores') }}
    where source = 'live' and score is not null
),

calls as (
    select * from {{ ref('calls') }}
    where source = 'live' and (csat is not null or is_converted is not null)
),

recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
),

final as (
    select
        call_scores.rubric_id,
        call_scores.criterion_id,
        call_scores.call_id,
        call_scores.rep_id,
        call_scores.score,
        coalesce(calls.queue, 'none') as queue,
        calls.csat,
        calls.is_converted,
        calls.duration_s,
        calls.tenure_days
    from recent_weeks
    inner join calls on recent_weeks.week_start_on = calls.week_start_on
    inner join call_scores
        on calls.call_id = call_scores.call_id and recent_weeks.week_start_on = call_scores.week_start_on
)

select * from final
