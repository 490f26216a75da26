{{ config(materialized='table') }}

with evidence as (
    select * from {{ ref('call_evidence') }}
    where source = 'live'
),

recent_weeks as (
    select * from {{ ref('int_recent_weeks') }}
    where weeks_back < 4
),

calls as (
    select
        calls.call_id,
        calls.has_recording
    from recent_weeks
    inner join {{ ref('calls') }} as calls on recent_weeks.week_start_on = calls.week_start_on
),

final as (
    select
        evidence.*,
        coalesce(calls.has_recording, false) as has_recording,
        -- One moment a call before a second one of the same call: three calls show a habit, one call shows a bad day.
        row_number() over (
            partition by evidence.rep_id, evidence.rubric_id, evidence.criterion_id, evidence.level, evidence.call_id
            order by evidence.confidence desc, evidence.evidence_id asc
        ) as rank_in_call
    from recent_weeks
    inner join evidence on recent_weeks.week_start_on = evidence.week_start_on
    left join calls on evidence.call_id = calls.call_id
)

select * from final
