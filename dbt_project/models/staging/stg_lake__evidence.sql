with source as (
    select * from {{ source('lake', 'evidence') }}
)

select * from source
