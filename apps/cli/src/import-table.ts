/**
 * The report of an import for people: a line for each file, then what is odd, then what is wrong.
 *
 * @module
 */
import { type Formats, formatsOf } from './formats.ts'
import type { FaultCode, FaultFacts, Problem } from './import/faults.ts'
import type { FileReport, ImportReport } from './import/import.ts'
import type { Oddity } from './import/plan.ts'
import type { Desk } from './session.ts'
import { table } from './table.ts'
import type { Texts } from './texts/texts.ts'

/** How many of a kind are told one by one. */
const told = 20

export const importTable = (report: ImportReport, { texts, language }: Desk): string => {
  const formats = formatsOf(language)
  const { files, notes, created, dryRun, company } = report
  const words = texts.import
  const counted = [words.read, dryRun ? words.wouldImport : words.imported, words.known]
  const columns = [
    { title: words.file_ },
    { title: words.kind },
    ...[...counted, words.joined, words.undated, words.errors].map((title) => ({
      title,
      numeric: true,
    })),
  ]
  const rows = files.map((file) => [
    file.file,
    file.kind,
    ...[file.read, file.imported, file.known, file.joined.length, file.undated].map(formats.number),
    formats.number(file.errors.length),
  ])
  const lines = [
    words.into(company.name),
    ...(dryRun ? [words.dry] : []),
    ...created.map(({ of, names }) => words.created(of, names.join(', '))),
    ...files.flatMap((file) => remarks(file, words, formats)),
    ...notes,
    ...problemLines(
      files.flatMap(({ errors }) => errors),
      words,
      formats,
    ),
  ]
  return `${table(columns, rows, { language })}\n${lines.join('\n')}\n`
}

/** The same for programs: every row, each fault by its code, facts and words. */
export const importJson = (report: ImportReport, { texts }: Desk): object => ({
  ...report,
  files: report.files.map((file) => ({
    ...file,
    errors: file.errors.map(({ fault, ...place }) => ({
      ...place,
      code: fault.code,
      detail: faultText(fault, texts.import),
      facts: fault.facts,
    })),
  })),
})

const remarks = (
  { file, kind, joined, undated, oddities, unused }: FileReport,
  words: Texts['import'],
  { number }: Formats,
): readonly string[] => {
  const merged = kind === 'contact' ? joined : []
  return [
    ...(undated > 0 ? [words.undatedNote(number(undated))] : []),
    ...oddities.map((oddity) => oddityLine(oddity, words, number)),
    ...merged
      .slice(0, told)
      .map(({ row, with: other }) =>
        other === null
          ? words.joinedBefore(number(row))
          : words.joinedTo(number(row), number(other)),
      ),
    ...(merged.length > told ? [words.more(number(merged.length - told))] : []),
    ...(unused.length > 0 ? [`${file}: ${words.unused(unused.join(', '))}`] : []),
  ]
}

const oddityLine = (
  { column, text, readAs, rows }: Oddity,
  words: Texts['import'],
  number: Formats['number'],
): string => {
  const first = rows.slice(0, 5).map(number).join(', ')
  const where = words.rows(number(rows.length), rows.length > 5 ? `${first}, …` : first)
  return readAs === null
    ? words.leftOut(column, text, where)
    : words.readAs(column, text, readAs, where)
}

const problemLines = (
  problems: readonly Problem[],
  words: Texts['import'],
  { number }: Formats,
): readonly string[] => [
  ...problems.slice(0, told).map(({ file, row, line, column, fault }) => {
    const where =
      row === undefined
        ? file
        : words.at(file, number(row), line === undefined ? '' : number(line), column ?? '')
    return `${where}: ${faultText(fault, words)}`
  }),
  ...(problems.length > told ? [words.more(number(problems.length - told))] : []),
]

const faultText = <Code extends FaultCode>(
  { code, facts }: { readonly code: Code; readonly facts: FaultFacts[Code] },
  { faults }: Texts['import'],
): string => {
  const text: (facts: FaultFacts[Code]) => string = faults[code]
  return text(facts)
}
