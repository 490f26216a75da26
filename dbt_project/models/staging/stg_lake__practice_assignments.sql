with source as (
    select * from {{ source('lake', 'practice_assignments') }}
)

select * from source
