with source as (
    select * from {{ source('lake', 'outcomes') }}
)

select * from source
