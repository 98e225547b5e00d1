import '@fontsource-variable/vazirmatn'
import '../style.css'
import './quotation.css'
import { render } from 'preact'
import { QuotationPage } from './quotation-page.tsx'

const token = decodeURIComponent(location.pathname.split('/').at(-1) ?? '')

render(<QuotationPage token={token} />, document.getElementById('app') as HTMLElement)
