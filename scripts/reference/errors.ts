/**
 * The reference of codes: every way to be turned down, with the sentence that comes with it.
 *
 * @module
 */
import { type Code, codes, turnedDown } from '../../apps/api/src/refusals.ts'

const introduction = `# Codes

A request that is turned down is answered with a problem document (RFC 9457, \`application/problem+json\`):

\`\`\`json
{
  "type": "urn:forsat:problem:LostReasonArchived",
  "title": "Lost reason archived",
  "status": 409,
  "code": "LostReasonArchived",
  "detail": "The reason \\"Too expensive\\" is archived.",
  "reasonId": "01JXMZ0000000000000000000A",
  "reason": "Too expensive"
}
\`\`\`

\`code\` is stable and made for programs: it is the name of the rule that stood in the way, the same in the library
(\`Left.type\`), over HTTP and on the command line. The facts of the rule are members beside it. \`detail\` is for people, in
Persian or English by \`Accept-Language\`; the words in braces below are put in. On the command line a refusal ends with
exit code 1.

This page is made from the table that answers are given by (\`pnpm reference\`).
`

export const errorsPage = (): string => {
  const statuses = [...new Set(codes.map((code) => turnedDown(code).status))].toSorted(
    (a, b) => a - b,
  )
  return [introduction, ...statuses.map(sectionOf)].join('\n')
}

const sectionOf = (status: number): string => {
  const rows = codes.filter((code) => turnedDown(code).status === status).map(rowOf)
  return `## ${status}\n\n| code | in English | in Persian |\n| --- | --- | --- |\n${rows.join('\n')}\n`
}

const rowOf = (code: Code): string => {
  const { en, fa } = turnedDown(code)
  return `| \`${code}\` | ${en} | <span dir="rtl">${fa}</span> |`
}
