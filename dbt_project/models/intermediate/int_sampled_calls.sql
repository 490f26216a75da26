{{ config(materialized='view') }}

with calls as (
    select * from {{ ref('calls') }}
    where source = 'live' and status = 'scored' and overall_score is not null
),

recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
),

final as (
    select
        calls.rep_id,
        coalesce(calls.team_id, 'none') as team_id,
        calls.week_start_on,
        calls.overall_score
    from recent_weeks
    inner join calls on recent_weeks.week_start_on = calls.week_start_on
)

select * from final
