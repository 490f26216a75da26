with source as (
    select * from {{ source('lake', 'check_results') }}
)

select * from source
