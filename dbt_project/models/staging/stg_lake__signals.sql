with source as (
    select * from {{ source('lake', 'signals') }}
)

select * from source
