// The present request as code.
import { by } from './dom.js'

let language = 'curl'
let describe = () => null

const indent = (value, by = 2) => JSON.stringify(value, null, by)
const quoteShell = text => "'" + text.replaceAll("'", "'\\''") + "'"

/** JSON as a Python expression. Only whole words outside of texts change. */
function python(value, depth = 0) {
  const inner = '    '.repeat(depth + 1)
  const outer = '    '.repeat(depth)
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return value.length ? `[\n${value.map(each => inner + python(each, depth + 1)).join(',\n')}\n${outer}]` : '[]'
  if (typeof value === 'object') return `{\n${Object.entries(value).map(([name, each]) => `${inner}${JSON.stringify(name)}: ${python(each, depth + 1)}`).join(',\n')}\n${outer}}`
  return JSON.stringify(value)
}

const writers = {
  curl: ({ url, body }) =>
    `curl -N ${url} \\\n  -H 'Content-Type: application/json' -H "Authorization: Bearer $HOLT_KEY" \\\n  -d ${quoteShell(indent(body))}`,
  python: ({ base, method, raw, body }) => {
    const open = `# pip install openai\nimport os\nfrom openai import OpenAI\n\nclient = OpenAI(base_url="${base}/v1", api_key=os.environ.get("HOLT_KEY", "none"))\n`
    if (raw) return open + `answer = client.post("${raw}", cast_to=object, body=${python(body)})\nfor picture in answer["data"]:\n    print(picture["url"])\n`
    const { own, extra } = split(body)
    const rest = Object.keys(extra).length ? { ...own, extra_body: extra } : own
    const fields = Object.entries(rest).map(([name, value]) => `    ${name}=${python(value, 1)},`).join('\n')
    return open + `answer = client.${method}(\n${fields}\n)\n` +
      (body.stream ? 'for chunk in answer:\n    for choice in chunk.choices:\n        print(choice.delta.content or "", end="", flush=True)\n' : 'for picture in answer.data:\n    print(picture.url)\n')
  },
  node: ({ base, method, raw, body }) =>
    `// npm install openai\nimport OpenAI from 'openai'\n\nconst client = new OpenAI({ baseURL: '${base}/v1', apiKey: process.env.HOLT_KEY ?? 'none' })\nconst answer = await client.${raw ? `post('${raw}', ${indent({ body })})` : `${method}(${indent(body)})`}\n` +
    (body.stream ? "for await (const chunk of answer) process.stdout.write(chunk.choices[0]?.delta?.content ?? '')\n" : 'for (const picture of answer.data) console.log(picture.url)\n'),
  java: ({ url, body }) =>
    `// Needs no library: java Ask.java\nimport java.net.URI;\nimport java.net.http.*;\n\nvoid main() throws Exception {\n    String body = """\n${indent(body).replaceAll('\\', '\\\\').replaceAll('"""', '\\"""').split('\n').map(line => '            ' + line).join('\n')}\n            """;\n    var request = HttpRequest.newBuilder(URI.create("${url}"))\n            .header("Content-Type", "application/json")\n            .header("Authorization", "Bearer " + System.getenv().getOrDefault("HOLT_KEY", "none"))\n            .POST(HttpRequest.BodyPublishers.ofString(body))\n            .build();\n    HttpClient.newHttpClient()\n            .send(request, HttpResponse.BodyHandlers.ofLines())\n            .body()\n            .forEach(IO::println);\n}\n`
}

/** OpenAI's client for Python takes fields of its own, and all others in extra_body. */
function split(body) {
  const known = ['model', 'messages', 'stream', 'stream_options', 'temperature', 'max_tokens', 'seed', 'response_format', 'tools', 'prompt', 'size', 'n']
  const image = 'prompt' in body
  const own = {}
  const extra = {}
  for (const [name, value] of Object.entries(body)) {
    (known.includes(name) && !(image && name === 'seed') ? own : extra)[name] = value
  }
  return { own, extra }
}

export function refresh() {
  const request = describe()
  by('snippet').textContent = request ? writers[language](request) : ''
}

/** @param describer gives the request: its URL, the API's URL, the SDKs' method, its path if they lack one, and the body */
export function watch(describer) {
  describe = describer
  for (const button of document.querySelectorAll('.language')) {
    button.addEventListener('click', () => {
      language = button.dataset.language
      for (const other of document.querySelectorAll('.language')) {
        other.setAttribute('aria-pressed', other === button)
      }
      refresh()
    })
  }
  by('copy').addEventListener('click', async () => {
    await navigator.clipboard.writeText(by('snippet').textContent)
    by('copy').textContent = 'Copied'
    setTimeout(() => { by('copy').textContent = 'Copy' }, 1500)
  })
  document.addEventListener('input', refresh)
  refresh()
}
