with source as (
    select * from {{ source('lake', 'calibrations') }}
)

select * from source
