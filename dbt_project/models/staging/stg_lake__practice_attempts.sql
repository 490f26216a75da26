with source as (
    select * from {{ source('lake', 'practice_attempts') }}
),

final as (
    select
        attempt_id,
        call_id,
        rep_id,
        scenario_id,
        rubric_id,
        assignment_id,
        focus_criterion_id,
        focus_score,
        overall_score,
        pass_threshold,
        is_passed,
        ended_by,
        mode,
        seed,
        started_at,
        ended_at
    from source
)

select * from final
