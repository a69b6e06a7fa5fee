"""Small templates, one construct each, for make_template_fixtures.py."""

NAMES = {
    "s": "Hello World",
    "pad": "  x y \n",
    "u": "naïve 日本🦦",
    "n": 7,
    "f": 2.5,
    "t": True,
    "no": None,
    "e": "",
    "l": [3, 1, 2],
    "w": ["b", "A", "a", "c"],
    "d": {"b": 1, "a": [1, "x", None], "items": "key"},
    "users": [
        {"name": "Ann", "age": 30, "on": True},
        {"name": "bob", "age": 20, "on": False, "mail": None},
        {"name": "Cy", "age": 25, "on": True, "mail": "c@x"},
    ],
}

EXPRESSIONS = """
1 + 2 * 3 - 4
7 // 2 ~ ' ' ~ -7 // 2 ~ ' ' ~ 7 % 3 ~ ' ' ~ -7 % 3
7 / 2
6 / 2
7.5 // 2
-7.5 % 2
2 ** 10
2 ** -1
2 ** 3 ** 2
-2 ** 2
1 / 0
1 % 0
'a' + 'b' 'c'
'a' + 1
1 + '1'
'ab' * 3
[1] * 2 + [2]
(1, 2) + (3,)
1 ~ 'a' ~ none ~ true ~ 1.0
1e100
1.0
0.1 + 0.2
1e16
123456789012345.0
1e-5
0.0001
1.5e300 * 1e10
-0.0
3_000
true
True
false
none
None
[1, 'a', "it's", none, true, 1.0, 'q"x', 'b"\\'']
(1,)
()
(1, 'b')
{'a': 1, 'b': [1, 2], 3: none}
{}
'\\n\\t\\\\x\\u00e9\\x41\\q'
['\\n\\t\\\\', 'é', '\\u200b', '\\x00', '\\U0001f9a6', '\\ue000', '\\xa0']
n == 7 and f == 2.5
1 == 1.0 and true == 1
'1' == 1
[1, 2] == [1, 2.0]
{'a': 1} == {'a': 1.0}
(1, 2) == [1, 2]
none == false
1 < 2 < 3
1 < 3 < 2
1 < 2 == true
'a' < 'b'
'b' > 'abc'
'\\U0001f9a6' > '\\uffee'
[1, 2] < [1, 3]
1 < 'a'
none < 1
x == y
x == none
x < 1
not x is defined
not s is defined
x is not defined
s is not defined and true
not true == false
not 'a' in 'abc'
'a' not in 'abc'
'ell' in s
3 in l
'b' in d
'z' in d
1 in 'a'
'a' in none
'a' in x
x in [1]
1 or 2
0 or e or 'z'
0 and 1
1 and 'a' and []
not []
not {} and not '' and not 0 and not none
'yes' if n > 5 else 'no'
'yes' if n > 50 else 'no'
'yes' if n > 50
('yes' if n > 50) is defined
1 if false else 2 if false else 3
x
x.y
x['y']
x[0]
x()
no.y
no.y.z
n.y
s.nope
s.nope()
d.nope
d.nope.deeper
d['nope']
d.b
d['b']
d.items is callable
d['items']
d.a[1]
d.a.1
d.a[-1]
d.a[9]
d.a[9] is undefined
d.update({'b': 2})
d.pop('b')
l.append(4)
l.sort()
s.__class__
s.__class__.__mro__
d.__init__
''.__class__.__base__
s[0] ~ s[-1] ~ s[99]
u[-1]
u[:3] ~ '|' ~ u[::-1] ~ '|' ~ u[6:]
u | length
l[1:]
l[:-1]
l[::-1]
l[::2]
l[5:]
l[-2:]
l[-99:99]
l[2:0:-1]
l[::0]
s[1:4]
s[:-1]
no[1:]
x[1:]
(1, 2, 3)[1:]
d[1:]
'a.b.c'.split('.')
'a.b.c'.split('.', 1)
'a.b.c'.rsplit('.', 1)
'a.b.c'.split('.')[-1]
' a  b '.split()
' a  b c '.split(none, 1)
' a  b c '.rsplit(none, 1)
' a  b '.split(' ')
''.split()
''.split(',')
'abc'.split('')
'a</t>b</t>'.split('</t>')
pad.strip() ~ '|' ~ pad.lstrip() ~ '|' ~ pad.rstrip() ~ '|'
'xxaxyx'.strip('xy') ~ '|' ~ 'xxax'.lstrip('x') ~ '|' ~ 'xxax'.rstrip('x')
'\\u00a0\\u3000a\\u200b\\x1c'.strip() ~ '|'
s.startswith('Hel') ~ s.endswith('x') ~ s.startswith(('x', 'H'))
s.upper() ~ s.lower() ~ s.title() ~ 'hELLO wORLD'.capitalize()
"they're bill's 3rd x".title()
'straße ǆ'.upper() ~ 'ΑΣ'.lower()
s.replace('l', 'L') ~ s.replace('l', 'L', 1) ~ s.replace('', '-')
s.find('o') ~ s.find('z') ~ s.rfind('o') ~ u.find('🦦')
s.count('l') ~ ' ' ~ s.count('')
', '.join(['a', 'b'])
', '.join([1])
'a\\nb\\r\\nc\\n'.splitlines()
'12'.isdigit() ~ 'a1'.isalpha() ~ 'a1'.isalnum() ~ ' '.isspace() ~ ''.isdigit()
'abc'.removeprefix('a') ~ 'abc'.removesuffix('c') ~ 'abc'.removeprefix('x')
d.get('b') ~ d.get('z') ~ d.get('z', 5)
d.keys() | list
d.values() | list
d.items() | list
[1, 2, 1].index(2) ~ [1, 2, 1].count(1)
[1].index(5)
range(3) | list
range(1, 7, 2) | list
range(3, 0, -1) | list
range(1, 2, 0) | list
range(200000) | list
dict(a=1, b='x')
dict({'a': 1}, b=2)
namespace(a=1).a
namespace({'a': 2}, b=3).b
namespace().nope
pad | trim
'xax' | trim('x')
no | trim
x | trim ~ '|'
s | length ~ l | length ~ d | length ~ x | length
n | length
no | length
s | upper ~ s | lower ~ n | upper
"hello-world (foo) [bar] it's" | title
'hELLO' | capitalize
x | default('d') ~ no | default('d') ~ no | default('d', true) ~ e | d('z', boolean=true)
d.nope | default('gone')
x.y | default('d')
l | first ~ l | last ~ s | first ~ s | last
[] | first
([] | first) is undefined
d | first
s | list
d | list
x | list
no | list
l | join ~ l | join('-') ~ s | join('.')
users | join(', ', attribute='name')
[1, none, 'a', 2.0, x] | join('|')
users | map(attribute='name') | list
users | map(attribute='mail') | list
users | map(attribute='mail', default='-') | list
users | map(attribute='mail.x', default='-') | list
w | map('upper') | list
w | map('replace', 'a', 'z') | list
['1', '2'] | map('int') | sum
w | map('nope') | list
users | selectattr('on') | map(attribute='name') | join
users | rejectattr('on') | map(attribute='name') | join
users | selectattr('age', 'gt', 20) | list | length
users | selectattr('name', 'equalto', 'Ann') | list
users | selectattr('mail', 'defined') | list | length
users | selectattr('mail', 'none') | list | length
users | rejectattr('mail', 'undefined') | list | length
users | selectattr('name', 'in', ['Ann', 'Cy']) | map(attribute='age') | list
users | selectattr('name', 'nope') | list
l | select('odd') | list
l | select | list
no | selectattr('a') | list ~ 0 | map('upper') | list ~ d | select | list
n | select | list
l | reject('equalto', 1) | list
[0, 1, '', 'a', none] | select | list
l | sort
l | sort(reverse=true)
w | sort
w | sort(case_sensitive=true)
users | sort(attribute='age') | map(attribute='name') | join
d | dictsort
{'B': 1, 'a': 3, 'c': 2} | dictsort
{'B': 1, 'a': 3, 'c': 2} | dictsort(true)
{'B': 1, 'a': 3, 'c': 2} | dictsort(false, 'value', reverse=true)
d | items | list
x | items | list
x | dictsort
x in d
l in d
d in {'a': 1}
d.get(l)
d.get(x, 'n')
{l: 1}
{(1, 'a'): 1}
l | items | list
w | unique | list
[1, 1.0, true, 2] | unique | list
l | min ~ l | max ~ l | sum ~ w | max
[] | max
users | sum(attribute='age')
l | reverse | list
s | reverse
s | replace('l', 'L') ~ s | replace('l', 'L', 1) ~ n | replace(7, 8)
n | string + 'x'
'42' | int ~ ' ' ~ '4.9' | int ~ ' ' ~ 'x' | int ~ ' ' ~ 'x' | int(5) ~ ' ' ~ 3.99 | int ~ ' ' ~ true | int ~ ' ' ~ ' 7 ' | int ~ ' ' ~ none | int
x | int
'4.5' | float ~ ' ' ~ 'x' | float ~ ' ' ~ 3 | float
-3 | abs
(-3) | abs ~ (-2.5) | abs
true | round ~ 7 | round(1, 'ceil')
2.567 | round(2) ~ ' ' ~ 2.5 | round ~ ' ' ~ 3.5 | round ~ ' ' ~ 2.1 | round(0, 'ceil') ~ ' ' ~ 2.19 | round(1, 'floor') ~ ' ' ~ 7 | round
'a\\nb\\n\\nc' | indent
'a\\nb\\n\\nc\\n' | indent(2, true)
'a\\nb\\n\\nc' | indent(2, first=true, blank=true)
'a\\nb' | indent('> ')
'<a href="x">\\'&' | escape
'<a>' | e
'<a>' | safe
d | tojson
users | tojson(indent=2)
[] | tojson(indent=4) ~ {} | tojson(indent=4)
{'a': {'b': []}, 'c': [1, [2]]} | tojson(indent=1)
'<a> & "q" \\'s\\' é 🦦 \\n \\u2028 \\x01 \\x7f / \\\\' | tojson
'é🦦' | tojson(ensure_ascii=true)
'é\\x7f' | tojson(true)
[1, 1.5, 1e20, none, true, 1e-7] | tojson
(1, 2) | tojson
{2: 2, none: 3, true: 4, 1.5: 5} | tojson
{'b': 1, 'a': 2} | tojson(sort_keys=true)
{'b': 1, 'a': [1, 2]} | tojson(separators=(',', ':'))
x | tojson
range | tojson
s | nope
s is nope
s is string ~ n is string ~ no is none ~ n is number ~ t is number ~ f is float ~ t is integer ~ n is integer ~ t is boolean
d is mapping ~ l is mapping ~ l is sequence ~ s is sequence ~ d is sequence ~ s is iterable ~ n is iterable ~ x is iterable ~ x is sequence
t is true ~ t is false ~ 1 is true ~ no is false
n is odd ~ n is even ~ n is divisibleby 7 ~ n is divisibleby(2)
n is equalto 7 ~ n is eq(7) ~ n is ne 7 ~ n is gt 3 ~ n is lessthan 3 ~ n is ge(7)
n is in [7] ~ n is not in [7]
'a' is lower ~ 'A' is upper ~ 'aB' is lower ~ '1' is lower
range is callable ~ s is callable
none is sameas none
d.a is iterable and d.a is not string and d.a is not mapping
x is defined or s is defined and not no is none
s | upper is string
n is defined and n is not none and n > 3
s.upper().lower()[1:3] | upper
-n | abs
(n) (1)
(l | first)
[l, [4]] | map('length') | list
strftime_now('%d %b %Y %H:%M:%S %A %B %y %j %I %p %a %m %% %Y-%m-%dT')
raise_exception('stop: ' ~ n)
'a' ~ 'b' | upper
1 + l | length
not l | length > 5
l | length is odd
{'a': {'b': {'c': 1}}}.a.b.c
{'a': 1, 'a': 2}
[[1, 2], [3]] | map('first') | join(',')
[1, 2,]
(1,) | first
01
1 +
'abc
s[
99999999999
""".strip().split("\n")

TEMPLATES = [
    # white space
    "a\n{% if t %}\nb\n{% endif %}\nc\n",
    "a\n   {% if t %}   \n  b\n\t{% endif %}\t\nc\n\n",
    "  {% if t %}x{% endif %}  ",
    "x  {% if t %} y {% endif %} z",
    "a  {%- if t -%}  b  {%- endif -%}  c",
    "a \n {%+ if t %} b {%+ endif +%}\n c",
    "a\n  {{ n }}\n  {{- n -}}  \n  b",
    "a {{+ n }} b",
    "{{- n }}\n\n",
    "x\n\n",
    "\n\nx",
    "\r\na\r\n{% if t %}\r\nb\r{% endif %}\r\n",
    "a\n  {# note #}\nb{#- c -#}  d {# {{ n }} {% if %} #} e {#+ x +#}\nf",
    "{# a # } #}x",
    "{##}{#-#} x",
    "{% raw -%}\u00a0\u2003x{% endraw -%}\u00a0y",
    "{% raw %}{{ n }} {% if %}{% endraw %}",
    "a\n  {% raw %}\n {{ x }}\n  {% endraw %}\nb",
    "a {%- raw -%}  {{ x }}  {%- endraw -%}  b",
    "{%raw%}x{%endraw%}{%-  raw %} y {%  endraw -%} z",
    "{{ '%}' ~ '}}' }}{{ \"{{ n }}\" }}",
    "{{ {'a': {'b': 1}} }}{{ {'a': {'b': 1}}['a']['b'] }}",
    "{{\n  n\n}}\n",
    "{% set a = 'x\ny' %}{{ a }}",
    "{ { n } } {n} %} }} #}",
    "\u00a0\n\u00a0{% if t %}\u00a0x{% endif %}",
    "{%- set a = 1 -%}\n\n  {%- set b = 2 -%}\n\n {{ a + b }}",
    "  {{ n }}\n  {% set z = 1 %}\n{{ z }}  {% set z = 2 %}\n{{ z }}",
    "{{ n -}}\n  {% if t %}\n    y\n    {% endif %}",
    # if
    "{% if no %}a{% elif n > 100 %}b{% elif n %}c{% else %}d{% endif %}",
    "{% if no %}a{% else %}d{% endif %}{% if t %}{% endif %}",
    "{% if not x %}u{% endif %}{% if x is not defined or x.y %}v{% endif %}",
    "{% if 'a' if t else '' %}x{% endif %}",
    "{% if no %}{% set q = 1 %}{% else %}{% set q = 2 %}{% endif %}{{ q }}",
    # for
    "{% for i in l %}{{ i }}{% if not loop.last %}, {% endif %}{% endfor %}",
    "{% for i in [] %}x{% else %}none{% endfor %}{% for i in x %}x{% else %}none{% endfor %}",
    "{% for i in no %}{% endfor %}",
    "{% for i in n %}{% endfor %}",
    "{% for i in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}",
    "{% for i in l %}{{ loop.previtem }}<{{ i }}>{{ loop.nextitem }} {% endfor %}",
    "{% for i in l %}{{ loop.previtem is defined }}{{ loop.nextitem is undefined }} {% endfor %}",
    "{% for i in l %}{{ loop.cycle('a', 'b') }}{{ loop.changed(i > 2) }}{{ loop.depth }}{% endfor %}",
    "{% for i in l %}{{ loop.nope }}{% endfor %}",
    "{% for u in users if u.on %}{{ loop.index }}/{{ loop.length }} {{ u.name }};{% else %}z{% endfor %}",
    "{% for u in users if u.age > 99 %}x{% else %}z{% endfor %}",
    "{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}",
    "{% for k, v in {'a': 1, 'b': 2} | items %}{{ k }}{{ v }}{% endfor %}",
    "{% for k in d %}{{ k }}{% endfor %}{% for c in 'añ🦦' %}[{{ c }}]{% endfor %}",
    "{% for (a, b), c in [((1, 2), 3)] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
    "{% for a, b in [(1, 2, 3)] %}{% endfor %}",
    "{% for a in 1, 2 %}{{ a }}{% endfor %}",
    "{% for i in range(10) %}{% if i == 5 %}{% break %}{% endif %}{% if i is odd %}{% continue %}{% endif %}{{ i }}{% endfor %}!",
    "{% for i in l %}{% for j in l %}{% if j == 2 %}{% break %}{% endif %}{{ i }}{{ j }} {% endfor %}{{ loop.index }}{% else %}e{% endfor %}",
    "{% for i in l %}{% set q = i %}{% endfor %}{{ q }}",
    "{% set q = 0 %}{% for i in l %}{{ q }}{% set q = i %}{{ q }}{% endfor %}{{ q }}",
    "{% for i in l %}{% endfor %}{{ i }}{{ loop }}",
    "{% for s in w %}{{ s }}{% endfor %}{{ s }}",
    "{% for m in users[::-1] %}{{ (users | length - 1) - loop.index0 }}{{ m.name }}{% endfor %}",
    "{% for loop_item in l %}{% if loop.index0 > 0 %}{{ l[loop.index0 - 1] }}{% endif %}{% endfor %}",
    "{% break %}",
    # set and namespaces
    "{% set a = 1 %}{% set b, c = 2, 3 %}{{ a }}{{ b }}{{ c }}{% set a = a + 1 %}{{ a }}",
    "{% set a %}x{{ n }}y{% endset %}[{{ a }}]",
    "{% set a | upper | trim %}  x{{ n }}y {% endset %}[{{ a }}]",
    "{% set a = 1, 2 %}{{ a }}",
    "{% set a, b = [1] %}",
    "{% set ns = namespace(c=0, l=[]) %}{% for i in l %}{% set ns.c = ns.c + i %}{% set ns.l = ns.l + [i] %}{% endfor %}{{ ns.c }}{{ ns.l }}",
    "{% set ns = namespace() %}{% set ns.a %}x{% endset %}{{ ns.a }}{{ ns['a'] }}{{ ns.b is defined }}",
    "{% set ns = {} %}{% set ns.a = 1 %}",
    "{% set ns.a = 1 %}",
    "{% set messages = users[1:] %}{{ messages | length }}{% set users = messages %}{{ users[0].name }}",
    "{% filter upper | replace('A', 'b') %}a{{ s }}{% endfilter %}",
    "{% set s = s ~ '!' %}{% if t %}{% set s = s ~ '?' %}{% endif %}{{ s }}",
    # macros
    "{% macro m(a, b='x', c=none) %}{{ a }}{{ b }}{{ c }}{% endmacro %}{{ m(1) }}|{{ m(1, 2) }}|{{ m(1, c=3) }}|{{ m() }}",
    "{% macro m(a) %}  {{ a }}\n{% endmacro %}[{{ m('x') | trim }}][{{ m('y').strip() | upper }}]",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}",
    "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(z=2) }}",
    "{% macro m(a) %}{{ a.b }}{% endmacro %}{{ m() }}",
    "{% macro f(k) %}{{ k }}{% if k > 0 %}{{ f(k - 1) }}{% endif %}{% endmacro %}{{ f(4) }}",
    "{% set g = 1 %}{% macro m() %}{{ g }}{{ n }}{% set g = 5 %}{{ g }}{% endmacro %}{% set g = 2 %}{{ m() }}{{ g }}",
    "{% macro m(a, b=a ~ 'z') %}{{ b }}{% endmacro %}{{ m('q') }}",
    "{%- macro m(l) -%}{%- for i in l -%}{{ i }}{%- endfor -%}{%- endmacro -%}{{ m(l) ~ m(w) }}",
    "{% if t %}{% macro m() %}x{% endmacro %}{% endif %}{{ m() }}",
    "{% macro m(x) %}{% for x in x %}{{ x }}{% endfor %}{% endmacro %}{{ m(l) }}",
    # generation blocks
    "a{% generation %}b{{ n }}{% set q = 1 %}{% endgeneration %}{{ q }}",
    "a\n{%- generation -%}\n b {%- endgeneration %}\nc",
    # errors
    "{% if t %}",
    "{% endif %}",
    "{% for x of l %}{% endfor %}",
    "{% nope %}",
    "{{ n",
    "{{ n } }",
    "{% if t %}{% endfor %}",
    "{# never",
    "{% raw %} never",
    "{{ (1, 2 }}",
    "{{ ) }}",
    "{{ 'a' is string is string }}",
    "{{ n ! }}",
    "{{ }}",
    "{% set %}",
    "{{ raise_exception('It\\'s <no>') }}",
    "{% if n > 5 %}{{ raise_exception('big ' + s) }}{% endif %}",
    "{% if n > 50 %}{{ raise_exception('big') }}{% endif %}ok",
]


def templates():
    return ["{{ " + expression + " }}" for expression in EXPRESSIONS] + TEMPLATES
