with source as (
    select * from {{ source('lake', 'rubric_criteria') }}
),

final as (
    select
        *,
        -- The version in force is the one loaded last.
        loaded_at = max(loaded_at) over (partition by rubric_id) as is_in_force
    from source
)

select * from final
