with attempts as (
    select * from {{ ref('stg_lake__practice_attempts') }}
),

reps as (
    select * from {{ ref('reps') }}
),

numbered as (
    select
        *,
        row_number() over tries as attempt_number,
        coalesce(bool_or(is_passed) over tries_so_far, false) as is_cleared,
        avg(focus_score) over last_4_sessions as last_4_mean,
        avg(focus_score) over sessions_before as before_mean
    from attempts
    window
        tries as (
            partition by rep_id, scenario_id, focus_criterion_id order by started_at, attempt_id
        ),
        tries_so_far as (
            partition by rep_id, scenario_id, focus_criterion_id order by started_at, attempt_id
            rows between unbounded preceding and current row
        ),
        last_4_sessions as (
            partition by rep_id, focus_criterion_id order by started_at, attempt_id
            rows between 3 preceding and current row
        ),
        sessions_before as (
            partition by rep_id, focus_criterion_id order by started_at, attempt_id
            rows between 7 preceding and 4 preceding
        )
),

final as (
    select
        numbered.attempt_id,
        numbered.call_id,
        numbered.rep_id,
        reps.team_id,
        numbered.scenario_id,
        numbered.rubric_id,
        numbered.assignment_id,
        numbered.focus_criterion_id,
        numbered.attempt_number,
        numbered.focus_score,
        numbered.overall_score,
        numbered.pass_threshold,
        numbered.is_passed,
        numbered.is_cleared,
        numbered.last_4_mean - numbered.before_mean as change_4_sessions,
        numbered.mode,
        numbered.ended_by,
        numbered.started_at,
        numbered.ended_at
    from numbered
    left join reps on numbered.rep_id = reps.rep_id
)

select * from final
