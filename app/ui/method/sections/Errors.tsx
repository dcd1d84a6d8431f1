import styles from '../MethodPage.module.css'

interface ErrorRow {
  readonly what: string
  readonly against: string
  /** What the tests allow. */
  readonly bound: string
}

const rows: readonly ErrorRow[] = [
  {
    what: 'Layers, losses and optimizers on the GPU, at sizes such as 1, 15, 16, 17 and 257',
    against: 'the same in double precision',
    bound: '5·10⁻⁶, relative',
  },
  {
    what: 'Activation functions from −100 to 100',
    against: 'double precision',
    bound: '10⁻⁶, relative',
  },
  {
    what: 'Gradients of double-precision networks; of convolutions, pooling and normalisation alone',
    against: 'central differences',
    bound: '10⁻⁷; 10⁻⁶, relative',
  },
  {
    what: 'Losses and gradient norms of the double-precision network over six steps',
    against: 'PyTorch in double precision',
    bound: '12 decimals',
  },
  {
    what: 'Parameters after 200 steps, with every optimizer, every loss and the smooth activation functions',
    against: 'the double-precision network',
    bound: '10⁻⁵; measured 3·10⁻⁷ to 6·10⁻⁷',
  },
  {
    what: 'Parameters after 9,000 steps of SGD',
    against: 'the double-precision network',
    bound: '10⁻⁴; measured 2·10⁻⁶',
  },
  {
    what: 'Covariance, with means up to 3,000 deviations from zero',
    against: 'double precision',
    bound: '10⁻⁶ of the largest variance',
  },
  {
    what: 'Eigenvalues by Jacobi’s rotations, order n',
    against: 'double precision',
    bound: 'the larger of 2·10⁻⁶ and 4·10⁻⁸·n, times λ₁',
  },
  {
    what: 'Ten layers measured with Delve',
    against: 'Delve 0.1.50',
    bound: '2·10⁻⁶ of λ₁ and the same k in both ways of counting',
  },
  {
    what: 'k of 200 random networks, with means up to 300 deviations from zero, at δ = 0.9 and 0.99',
    against: 'double precision',
    bound: 'the same; within 1 where a share comes closer to δ than 10⁻⁴',
  },
]

/** What the tests hold the numbers to. */
export function Errors() {
  return (
    <>
      <p>
        Training and measuring run in single precision on the graphics card. Each part has a twin in double precision,
        and these are the differences that the tests of this version allow, relative ones as the norm of the difference
        over the norm:
      </p>
      <div className={styles['scroller']}>
        <table>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Against</th>
              <th scope="col">Error at most</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ what, against, bound }) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>{against}</td>
                <td>{bound}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        With ReLU, whose slope jumps, two networks that differ by rounding may part for good; there the median of five
        runs is held to the bound.
      </p>
    </>
  )
}
