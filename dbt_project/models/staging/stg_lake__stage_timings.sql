with source as (
    select * from {{ source('lake', 'stage_timings') }}
),

final as (
    select
        call_id,
        stage,
        wall_s,
        cpu_s,
        gpu_s,
        measured_at,
        batch_date
    from source
)

select * from final
