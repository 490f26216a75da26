with source as (
    select * from {{ source('lake', 'rubric_criteria') }}
),

final as (
    select
        rubric_id,
        rubric_version,
        rubric_sha256,
        criterion_id,
        criterion_name,
        observes,
        weight,
        target_score,
        target_value,
        good_anchor,
        average_anchor,
        poor_anchor,
        loaded_at,
        opportunity,
        told_signal,
        -- The version in force is the one loaded last.
        loaded_at = max(loaded_at) over (partition by rubric_id) as is_in_force
    from source
)

select * from final
