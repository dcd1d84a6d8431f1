import type { ReactNode } from 'react'
import type { Architecture } from '../../experiment/architecture'
import { formatCount } from '../common/format'
import { Term } from '../common/Term'
import type { TermId } from '../glossary/terms'
import { formatQuantity } from '../common/formatQuantity'
import styles from './NetworkCost.module.css'

interface NetworkCostProps {
  readonly architecture: Architecture
  readonly batchSize: number
}

/** What the network as edited costs: to keep, to use, to train. Exact figures on hover. */
export function NetworkCost({ architecture, batchSize }: NetworkCostProps) {
  const { parameters, flopsPerSample, activationBytes } = architecture
  return (
    <div className={styles['costs']}>
      <Cost
        value={formatCount(parameters)}
        exact={`${formatCount(parameters)} weights and biases`}
        name="parameters"
        term="parameters"
      >
        Weights and biases: the numbers that training changes. A dense layer has one weight for each pair of input and
        unit, a convolution one for each place of its kernel, channel that comes in and channel that goes out.
      </Cost>
      <Cost
        value={formatQuantity(flopsPerSample, 'FLOP')}
        exact={`${formatCount(flopsPerSample)} floating-point operations`}
        name="a sample"
        term="flops"
      >
        FLOP: floating-point operations, here those that take one sample through the network. A product and a sum count
        one each. Training on a sample takes about three times as many.
      </Cost>
      <Cost
        value={formatQuantity(activationBytes, 'B')}
        exact={`${formatCount(activationBytes)} bytes`}
        name="activations"
      >
        Memory in which training keeps a batch of {formatCount(batchSize)}: its samples, what every layer makes of them
        before and after its activation function, and the gradients.
      </Cost>
    </div>
  )
}

interface CostProps {
  readonly value: string
  readonly exact: string
  readonly name: string
  /** Its entry in the glossary. */
  readonly term?: TermId
  readonly children: ReactNode
}

function Cost({ value, exact, name, term, children }: CostProps) {
  return (
    <div>
      <span className={styles['value']} title={exact}>
        {value}
      </span>{' '}
      <span className={styles['name']}>
        <Term name={name} id={term}>
          {children}
        </Term>
      </span>
    </div>
  )
}
