/** What stands in a form's field, without the spaces around it. */
export const valuesOf = (form: HTMLFormElement) => {
  const entered = new FormData(form)
  return (name: string) => {
    const value = entered.get(name)
    return typeof value === 'string' ? value.trim() : ''
  }
}
