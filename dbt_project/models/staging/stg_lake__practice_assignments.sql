with source as (
    select * from {{ source('lake', 'practice_assignments') }}
),

final as (
    select
        assignment_id,
        rep_id,
        scenario_id,
        criterion_id,
        evidence_id,
        assigned_by,
        assigned_at,
        due_on
    from source
)

select * from final
