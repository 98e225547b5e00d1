import { codecOf } from '../codec.ts'
import { QuotationEvent } from './events.ts'
import { quotationApprovalsV1 } from './history/quotation-approval.v1.ts'
import { quotationDraftedV1 } from './history/quotation-drafted.v1.ts'
import { quotationSentV1 } from './history/quotation-sent.v1.ts'

/** Between a quotation's events and their stored shapes. */
export const quotationCodec = codecOf({
  event: QuotationEvent,
  versions: {
    QuotationDrafted: 2,
    QuotationRevised: 1,
    QuotationCustomerChanged: 1,
    QuotationAddressed: 1,
    QuotationLineAdded: 1,
    QuotationLineRevised: 1,
    QuotationLineRemoved: 1,
    OptionOffered: 1,
    OptionRevised: 1,
    OptionWithdrawn: 1,
    QuotationTemplateApplied: 1,
    QuotationTemplateRemoved: 1,
    QuotationApprovalRequested: 2,
    QuotationApprovalGranted: 2,
    QuotationApprovalRefused: 2,
    OptionAccepted: 1,
    OptionDeclined: 1,
    QuotationSent: 2,
    QuotationExtended: 1,
    QuotationVersionOpened: 1,
    QuotationVersionDiscarded: 1,
    QuotationLinkIssued: 1,
    QuotationLinkRevoked: 1,
    QuotationAccepted: 1,
    QuotationDeclined: 1,
    QuotationExpired: 1,
    QuotationConfirmed: 1,
    QuotationCancelled: 1,
    QuotationReinstated: 1,
    QuotationReturnedToDraft: 1,
    QuotationCorrected: 1,
    QuotationDeleted: 1,
  },
  history: [quotationDraftedV1, quotationSentV1, ...quotationApprovalsV1],
})
