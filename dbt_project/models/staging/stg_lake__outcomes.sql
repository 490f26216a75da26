with source as (
    select * from {{ source('lake', 'outcomes') }}
),

final as (
    select
        call_id,
        csat,
        is_converted,
        received_at
    from source
)

select * from final
