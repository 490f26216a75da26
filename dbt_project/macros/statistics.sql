{# The 97.5 % quantile of the normal distribution: 95 % intervals reach this many standard errors to each side. #}
{% macro normal_quantile() -%} 1.959964 {%- endmacro %}

{# Half the width of a 95 % t-interval of a mean; NULL below two observations. `quantile` comes from a left join with
   seed t_quantiles, which ends at 120 degrees of freedom; from there on it is within .02 of the normal one. #}
{% macro t_margin(quantile, sd, n) -%}
    case when {{ n }} >= 2 then coalesce({{ quantile }}, 1.98) * {{ sd }} / sqrt({{ n }}) end
{%- endmacro %}

{# Wilson 95 % interval of a share (Wilson 1927): good for small n and shares near 0 or 1. NULL without trials. #}
{% macro wilson_low(hits, n) -%}
    case when {{ n }} > 0 then greatest(0.0, {{ wilson_centre(hits, n) }} - {{ wilson_margin(hits, n) }}) end
{%- endmacro %}

{% macro wilson_high(hits, n) -%}
    case when {{ n }} > 0 then least(1.0, {{ wilson_centre(hits, n) }} + {{ wilson_margin(hits, n) }}) end
{%- endmacro %}

{% macro wilson_centre(hits, n) -%}
    ({{ hits }} + {{ normal_quantile() }} ^ 2 / 2) / ({{ n }} + {{ normal_quantile() }} ^ 2)
{%- endmacro %}

{% macro wilson_margin(hits, n) -%}
    {{ normal_quantile() }} / ({{ n }} + {{ normal_quantile() }} ^ 2)
    * sqrt({{ hits }} * (1 - {{ hits }} / {{ n }}) + {{ normal_quantile() }} ^ 2 / 4)
{%- endmacro %}
