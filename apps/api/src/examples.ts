/**
 * Bodies to start from, one for each command that a route takes. A test sends them all.
 *
 * @module
 */
import type { commandInputs } from '@forsat/application'

const contact = '01KDQ1A0M0C0NTACT000000001'
const user = '01KDQ1A0M0ASEER00000000002'
const stage = '01KDQ1A0M0STAGE00000000003'
const reason = '01KDQ1A0M0REAS0N0000000004'
const other = '01KDQ1A0M0TWNSA1E000000005'
const team = '01KDQ1A0M0TEAM000000000007'

const template = '01KDQ1A0M0TEMP1ATE0000000D'

const rials = (amount: string) => ({ amount, currency: 'IRR' })

const lead = {
  title: 'Twelve desks for the new office',
  contactName: 'Nasrin Rahimi',
  companyName: 'Aftab Trading',
  email: 'n.rahimi@aftab.example',
  phone: '+98 21 5550 0100',
  country: 'IR',
  region: 'Fars',
  source: 'exhibition',
  tags: ['furniture'],
  expectedRevenue: { amount: '1450000000', currency: 'IRR' },
  expectedCloseOn: '2026-03-19',
}

const examples: Readonly<Partial<Record<keyof typeof commandInputs, object>>> = {
  CaptureLead: lead,
  OpenOpportunity: lead,
  ReviseOpportunity: { nextStep: 'Send samples', nextStepOn: '2026-02-03', phone: null },
  WithdrawOpportunity: { reason: 'Entered twice by mistake' },
  QualifyLead: { contactId: contact },
  StageOpportunity: { stageId: stage },
  AssignOpportunity: { teamId: team, salespersonId: user },
  WinOpportunity: { revenue: { amount: '1400000000', currency: 'IRR' } },
  LoseOpportunity: { reasonId: reason, note: 'Two weeks late', competitor: 'Sepehr' },
  ReopenOpportunity: {},
  MergeOpportunities: { from: [other] },
  NoteOpportunity: { text: 'Asked for oak instead of beech.' },
  OverrideProbability: { value: 60 },
  AutomateProbability: {},
  CorrectOpportunity: { reason: 'The price was typed wrong', note: 'Three weeks late' },
  DraftQuotation: {
    contactId: contact,
    subject: 'Desks for the new office',
    validUntil: '2026-04-20',
    lines: [
      {
        kind: 'item',
        description: 'Desk, oak',
        quantity: '12',
        unit: 'piece',
        unitPrice: rials('120000000'),
        discountPercent: '5',
      },
      { kind: 'note', description: 'Carried up to the third floor.' },
    ],
  },
  ReviseQuotation: { paymentTerms: 'Half in advance', validUntil: null },
  AddQuotationLine: {
    kind: 'item',
    description: 'Assembly',
    quantity: '12',
    unitPrice: rials('2500000'),
    taxRate: '10',
  },
  ReviseQuotationLine: { quantity: '10', discountPercent: null },
  RemoveQuotationLine: {},
  RefreshQuotationAddresses: {},
  OfferOption: {
    description: 'Service, two years',
    quantity: '1',
    unit: 'year',
    unitPrice: rials('40000000'),
    taxRate: '10',
    quantityEditable: true,
    minQuantity: '1',
    maxQuantity: '3',
  },
  ReviseOption: { quantity: '2', maxQuantity: null },
  WithdrawOption: {},
  ApplyQuotationTemplate: { templateId: template, mode: 'replace' },
  RemoveQuotationTemplate: {},
  DecideQuotationApproval: { decision: 'request', note: 'An old customer' },
  AcceptOption: { quantity: '2' },
  DeclineOption: {},
  SendQuotation: { by: 'hand', channel: 'e-mail of the seller' },
  ResendQuotation: { to: ['n.rahimi@aftab.example'] },
  BounceDelivery: { detail: 'The mailbox is full.' },
  IssueQuotationLink: {},
  RevokeQuotationLink: {},
  ExtendQuotation: { validUntil: '2026-05-20', note: 'The board meets in May.' },
  ConfirmQuotation: { version: 1, total: rials('1534500000') },
  DeclineQuotation: { reasonId: reason, note: 'Bought beech elsewhere' },
  CancelQuotation: { reason: 'The building was sold' },
  ReturnQuotationToDraft: {},
  OpenQuotationVersion: {},
  DiscardQuotationVersion: {},
  CorrectQuotation: { reason: 'The reference was misread', customerReference: 'PO-4712' },
  DeleteQuotation: {},
  SetExchangeRate: { rate: '1120000' },
  RegisterContact: {
    name: 'Aftab Trading',
    isCompany: true,
    email: 'office@aftab.example',
    country: 'IR',
    identifiers: [{ kind: 'vat', value: '10861234567' }],
  },
  ReviseContact: { phone: '+98 21 5550 0101', website: null },
  ArchiveContact: {},
  AddAddress: {
    kind: 'invoice',
    street: '12 Enghelab Street',
    city: 'Shiraz',
    region: 'Fars',
    postalCode: '7134851156',
    country: 'IR',
  },
  ReviseAddress: { street: '14 Enghelab Street', postalCode: null },
  ArchiveAddress: {},
  PreferAddress: {},
  CreateLostReason: { name: 'Too expensive', category: 'price', requiresNote: false },
  ReviseLostReason: { name: 'Price too high' },
  ArchiveLostReason: {},
  RemoveLostReason: {},
  CreateStage: { name: 'Negotiation', position: 4 },
  ReviseStage: { position: 5, folded: true },
  ArchiveStage: {},
  CreateTeam: { name: 'South', region: 'Fars', leaderId: user },
  ReviseTeam: { name: 'South and coast' },
  ArchiveTeam: {},
  JoinTeam: { userId: user, capacityPer30Days: 20, capacityPerDay: 3 },
  ReviseMember: { paused: true, absences: [{ from: '2026-03-20', to: '2026-04-02' }] },
  LeaveTeam: {},
  SetAssignmentRules: {
    when: {
      all: [
        { field: 'country', op: 'in', value: ['IR', 'AE'] },
        { not: { field: 'probability', op: 'lte', value: 10 } },
      ],
    },
  },
  ConfigureAssignment: { mode: 'scheduled', every: 'PT15M', duplicates: 'skip', maxAgeDays: 30 },
  CreateProduct: {
    name: 'Desk, oak',
    code: 'D-120',
    unit: 'piece',
    prices: [{ unitPrice: { amount: '120000000', currency: 'IRR' } }],
    taxRate: '10',
  },
  ReviseProduct: { saleable: false, taxRate: null },
  ArchiveProduct: {},
  CreateTemplate: {
    name: 'Whole office',
    validityDays: 15,
    terms: 'Prices are without delivery.',
    lines: [
      { kind: 'section', description: 'Furniture' },
      {
        kind: 'item',
        description: 'Desk, oak',
        quantity: '12',
        unit: 'piece',
        unitPrice: rials('120000000'),
      },
    ],
    options: [
      {
        description: 'Assembly',
        unitPrice: rials('2500000'),
        quantityEditable: true,
        minQuantity: '1',
        maxQuantity: '12',
      },
    ],
  },
  ReviseTemplate: { validityDays: 0, deliveryTerms: null },
  ArchiveTemplate: {},
  CreateCompany: { name: 'Aftab Europe', currency: 'EUR', zone: 'Europe/Berlin', language: 'en' },
  ReviseCompany: { defaultTaxRate: '19', bankAccount: null },
  ArchiveCompany: {},
  SetMailTexts: {
    en: {
      subject: 'Our quotation {number}',
      text: 'Dear {customer},\n\nhere is our quotation {number}:\n{link}\n\n{seller}',
    },
    fa: null,
  },
  ConfigureScoring: {
    variables: ['country', 'source', 'tags'],
    since: '2025-03-21',
    model: 'fold-counts',
  },
  SetPolicies: { validityDays: 14, features: { assignment: false } },
  RegisterUser: { name: 'Nasrin Rahimi', email: 'n.rahimi@forsat.example' },
  ReviseUser: { name: 'Nasrin Rahimi-Fard' },
  DeactivateUser: {},
}

export const exampleOf = (command: keyof typeof commandInputs): object => examples[command] ?? {}
