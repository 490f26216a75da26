with source as (
    select * from {{ source('lake', 'scores') }}
)

select * from source
