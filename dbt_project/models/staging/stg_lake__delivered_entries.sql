with source as (
    select * from {{ source('lake', 'delivered_entries') }}
),

final as (
    select
        entry,
        used_as,
        call_id,
        reason,
        bytes,
        batch_date
    from source
)

select * from final
