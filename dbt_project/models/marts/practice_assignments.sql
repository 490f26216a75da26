with assignments as (
    select * from {{ ref('stg_lake__practice_assignments') }}
),

attempts as (
    select * from {{ ref('stg_lake__practice_attempts') }}
    where assignment_id is not null
),

reps as (
    select * from {{ ref('reps') }}
),

tried as (
    select
        assignment_id,
        count(*) as attempt_count,
        max(focus_score) as best_focus_score,
        min(started_at) filter (where is_passed) as passed_at,
        max(started_at) as last_attempt_at
    from attempts
    group by assignment_id
),

final as (
    select
        assignments.assignment_id,
        assignments.rep_id,
        reps.team_id,
        assignments.scenario_id,
        assignments.criterion_id,
        assignments.evidence_id,
        assignments.assigned_by,
        assignments.assigned_at,
        assignments.due_on,
        case
            when tried.passed_at is not null then 'passed'
            when assignments.due_on < {{ today() }} then 'overdue'
            else 'open'
        end as status,
        coalesce(tried.attempt_count, 0) as attempt_count,
        tried.best_focus_score,
        tried.passed_at,
        tried.last_attempt_at
    from assignments
    left join tried on assignments.assignment_id = tried.assignment_id
    left join reps on assignments.rep_id = reps.rep_id
)

select * from final
