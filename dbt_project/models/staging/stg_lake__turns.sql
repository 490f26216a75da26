with source as (
    select * from {{ source('lake', 'turns') }}
)

select * from source
