"""Small expressions, one construct each, for template_constructs.py."""

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
