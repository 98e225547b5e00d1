import { useEffect, useMemo } from 'preact/hooks'
import { Answer } from './answer.tsx'
import { Banner } from './banner.tsx'
import { Document } from './document.tsx'
import { type Language, messages } from './messages.ts'
import { Options } from './options.tsx'
import { Question } from './question.tsx'
import { type Act, documentPath, type Quotation } from './quotation.ts'
import { languageOf, SpeechProvider, speechOf } from './speech.ts'
import { type Failure, useQuotation } from './use-quotation.ts'

/** The customer's page: the quotation behind a link, and what can be answered to it. */
export function QuotationPage({ token }: { token: string }) {
  const { shown, failure, act, again } = useQuotation(token)
  switch (shown.status) {
    case 'loading':
      return <Notice word="loading" />
    case 'unknown':
      return <Notice word="unknown" />
    case 'failed':
      return <Notice word="failed" onRetry={again} />
    case 'ready':
      return <Shown token={token} quotation={shown.quotation} failure={failure} onAct={act} />
  }
}

/** Before a document is there, the browser's language is the best guess. */
function Notice({
  word,
  onRetry,
}: {
  word: 'loading' | 'unknown' | 'failed'
  onRetry?: (() => void) | undefined
}) {
  const language = languageOf(navigator.language)
  const text = messages[language]
  useRoot(language, text.quotation)
  return (
    <main>
      <output class="notice">
        <p>{text[word]}</p>
        {onRetry !== undefined && (
          <button type="button" onClick={onRetry}>
            {text.retry}
          </button>
        )}
      </output>
    </main>
  )
}

function Shown({
  token,
  quotation,
  failure,
  onAct,
}: {
  token: string
  quotation: Quotation
  failure: Failure | undefined
  onAct: (act: Act) => Promise<boolean>
}) {
  const speech = useMemo(() => speechOf(quotation), [quotation])
  useRoot(speech.language, `${speech.text.quotation} ${quotation.number}`)
  return (
    <SpeechProvider value={speech}>
      <main>
        <Banner quotation={quotation} failure={failure} />
        <Document quotation={quotation} />
        <nav class="files">
          <a href={documentPath(token, 'html')} target="_blank" rel="noopener">
            {speech.text.print}
          </a>
          <a href={documentPath(token, 'pdf')} target="_blank" rel="noopener">
            {speech.text.pdf}
          </a>
        </nav>
        {quotation.open && quotation.options.length > 0 && (
          <Options options={quotation.options} onAct={onAct} />
        )}
        {quotation.open && <Answer key={quotation.version} quotation={quotation} onAct={onAct} />}
        {quotation.open && <Question onAct={onAct} />}
      </main>
    </SpeechProvider>
  )
}

/** What the whole page says of itself. */
const useRoot = (language: Language, title: string) =>
  useEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = language === 'fa' ? 'rtl' : 'ltr'
    document.title = title
  }, [language, title])
