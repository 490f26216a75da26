with source as (
    select * from {{ source('lake', 'practice_attempts') }}
)

select * from source
