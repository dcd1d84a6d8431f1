import { renderToStaticMarkup } from 'react-dom/server'
import { createElement } from 'react'
import { describe, expect, test } from 'vitest'
import { Formula } from './Formula'
import { parseFormula } from './parseFormula'

const render = (source: string) => renderToStaticMarkup(createElement(Formula, { source }))

describe('a formula', () => {
  test('has its indices and powers beside what they belong to', () => {
    expect(parseFormula('λ_i^2')).toEqual({
      kind: 'scripts',
      base: { kind: 'identifier', text: 'λ' },
      below: { kind: 'identifier', text: 'i' },
      above: { kind: 'number', text: '2' },
    })
    expect(render('x_{i+1}')).toContain('<msub><mi>x</mi><mrow><mi>i</mi><mo>+</mo><mn>1</mn></mrow></msub>')
  })

  test('has powers of what is in parentheses beside the whole', () => {
    expect(render('(a)^2')).toContain('<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup>')
  })

  test('has the limits of a sum below and above it', () => {
    expect(render('Σ_{i≤k} λ_i')).toContain('<munder><mo>∑</mo>')
    expect(render('Σ_{i=1}^d λ_i')).toContain('<munderover><mo>∑</mo>')
  })

  test('has fractions and roots', () => {
    expect(render('frac{k}{d}')).toContain('<mfrac><mi>k</mi><mi>d</mi></mfrac>')
    expect(render('sqrt{v}+ε')).toContain('<msqrt><mi>v</mi></msqrt><mo>+</mo><mi>ε</mi>')
  })

  test('tells names of several letters, variables side by side with a space, marks on letters, and words apart', () => {
    expect(render('exp(x)')).toContain('<mi>exp</mi><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>')
    expect(render('a b')).toContain('<mi>a</mi><mi>b</mi>')
    expect(render('m\u0302')).toContain('<mover accent="true"><mi>m</mi><mo stretchy="false">^</mo></mover>')
    expect(render('y ln p')).toContain(
      '<mi>y</mi><mspace width="0.17em"></mspace><mi>ln</mi><mspace width="0.17em"></mspace><mi>p</mi>',
    )
    expect(render('Σλ')).toContain('<mo>∑</mo><mi>λ</mi>')
    expect(render('"smallest" k "with" j')).toContain(
      '<mtext>smallest\u00a0</mtext><mi>k</mi><mtext>\u00a0with\u00a0</mtext><mi>j</mi>',
    )
    expect(render('k_"Delve"')).toContain('<mtext>Delve</mtext>')
    expect(render('0.99')).toContain('<mn>0.99</mn>')
  })

  test.each(['x_', 'frac{a}', 'sqrt a', '{a', 'a}', '^2', '(a', 'a)', '{(a}'])(
    'that is malformed, as %s, is refused by name',
    (source) => {
      expect(() => parseFormula(source)).toThrow(`The formula “${source}” cannot be read`)
    },
  )
})
