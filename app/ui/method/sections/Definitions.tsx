import type { ReactNode } from 'react'
import { Term } from '../../common/Term'
import { Formula } from '../../glossary/Formula'
import styles from '../MethodPage.module.css'

/** Every number of the page, from the activations to the summaries of a spectrum. */
export function Definitions() {
  return (
    <>
      <p>
        The outputs of a layer are a matrix A of n rows and d columns: of a dense layer one row per sample and one
        column per unit, of a convolution by default one row per position of every image and one column per channel.
        Everything the page shows of a layer follows from the eigenvalues λ of their covariance.
      </p>
      <dl className={styles['definitions']}>
        <Entry word={<Term name="output" id="measuredOutput" />} formula="z = W x + b">
          By default the layer’s own result, before normalisation and{' '}
          <Term name="activation function" id="activation" />; on choice f(z). The row “output” has the{' '}
          <Term name="logits" id="logits" />.
        </Entry>
        <Entry
          word={<Term name="sampling" id="sampling" />}
          formula='"per position": d = c, n = "images" · h w\n"mean, max, median": d = c, n = "images"\n"flattened": d = h w c, n = "images"'
        >
          Of feature maps of h×w positions and c channels, by default per position; of an even number of positions the
          lower median, as PyTorch takes it. Another sampling begins a series of its own.
        </Entry>
        <Entry word={<Term name="covariance" id="covariance" />} formula="C = frac{1}{n} Σ_a (a − μ)(a − μ)^⊤">
          Over the n samples, divided by n.
        </Entry>
        <Entry word={<Term name="eigenvalues" id="eigenvalue" />} formula="λ_1 ≥ λ_2 ≥ … ≥ λ_d">
          Of C. Negative ones, which only rounding makes, count as 0 in all that follows.
        </Entry>
        <Entry
          word={<Term name="intrinsic dimension" id="intrinsicDimension" />}
          formula='k_δ = "smallest" k "with" Σ_{i≤k} λ_i ≥ δ · Σ_i λ_i'
        >
          δ is 0.99 unless you choose another from 0.5 to 0.9999, also afterwards: spectra are kept.
        </Entry>
        <Entry word={<Term name="saturation" id="saturation" />} formula="s = frac{k_δ}{d}">
          k as a share of the layer’s width.
        </Entry>
        <Entry
          word={<Term name="k as Delve counts" id="convention" />}
          formula='"number of cumulative shares below" δ = k_δ − 1'
        >
          A layer of one direction then has 0, a fully used one d − 1.
        </Entry>
        <Entry word={<Term name="interval" id="interval" />} formula="k (δ ± max(d, 8) · 6·10^{−8})">
          What k can be in truth, widened by a bound on the error where the solver was stopped early: the sum of the top
          k eigenvalues lies between that of the diagonal so far and that plus{' '}
          <Formula source="sqrt{k (d − k) / d} · E" />, E being the norm of what is left off the diagonal.
        </Entry>
        <Entry word={<Term name="provisional" id="provisional" />} formula="n < 10 · d">
          The rank is at most n − 1, so k comes out low. Of 512 directions with a true k of 479, n = d samples show 336
          and 10·d samples 468. Where positions are rows, fewer than 64 images are too few as well, for those of one
          image resemble each other.
        </Entry>
        <Entry word="state">
          The first of these that holds: <Term name="not finite" id="nonFinite" />, where any output is NaN or infinite;
          not converged; <Term name="dead" id="dead" />, where more than one sample has no variance at all; in order.
        </Entry>
        <Entry
          word={<Term name="effective rank" id="effectiveRank" />}
          formula="exp(− Σ_i p_i ln p_i), p_i = frac{λ_i}{Σ_j λ_j}"
        >
          Of the eigenvalues, where its authors take singular values.
        </Entry>
        <Entry
          word={<Term name="participation ratio" id="participationRatio" />}
          formula="frac{(Σ_i λ_i)^2}{Σ_i λ_i^2}"
        />
        <Entry word={<Term name="stable rank" id="stableRank" />} formula="frac{Σ_i λ_i}{λ_1}" />
        <Entry word={<Term name="total variance" id="trace" />} formula="Σ_i λ_i" />
        <Entry word={<Term name="log-determinant" id="logDeterminant" />} formula="Σ_{λ_i > 0} ln λ_i">
          With the number of eigenvalues that are zero; only from scripts.
        </Entry>
        <Entry word={<Term name="tail" id="tail" />}>
          The last hidden layers, two or more, each below half of the peak saturation of the network; means over the
          last 20 columns.
        </Entry>
        <Entry word={<Term name="receptive field" id="receptiveField" />} formula="r ← r + (k − 1) j, j ← s j">
          Of kernels that span k positions with stride s, dilation included; j is the distance of positions in pixels.
          Of residual blocks both ways are followed. Dense layers and global pooling see everything.
        </Entry>
        <Entry word={<Term name="border layer" id="borderLayer" />} formula='r_{l−1} > "longer edge of the image"'>
          The first layer from which on every input has outgrown the image, even along the shortest way.
        </Entry>
        <Entry
          word={<Term name="linear probe" id="linearProbe" />}
          formula='min_W frac{1}{n} Σ_i H(y_i, "softmax"(W a_i + b)) + frac{λ}{2} ‖W‖^2, λ = 0.01'
        >
          On a layer’s features, standardised, at the weights of one step: up to 2,048 training samples to fit and as
          many held-out ones to judge. Images are averaged over 4×4 cells, or fewer where that makes more than 1,024
          features.
        </Entry>
        <Entry word={<Term name="FLOPs" id="flops" />} formula='2 · d · "inputs"'>
          Of a dense layer, forward and per sample; of a convolution per position, with the numbers under its kernel as
          inputs. A training step costs about three times that per sample.
        </Entry>
      </dl>
    </>
  )
}

interface EntryProps {
  readonly word: ReactNode
  readonly formula?: string
  readonly children?: ReactNode
}

function Entry({ word, formula, children }: EntryProps) {
  return (
    <div>
      <dt>{word}</dt>
      <dd>
        {formula !== undefined && <Formula source={formula} block />}
        {children !== undefined && <p>{children}</p>}
      </dd>
    </div>
  )
}
