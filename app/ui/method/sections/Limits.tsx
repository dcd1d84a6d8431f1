import { Term } from '../../common/Term'
import styles from '../MethodPage.module.css'
import { Cite } from './Cite'

/** What saturation does not say, and where its numbers end. */
export function Limits() {
  return (
    <>
      <h3>What saturation does not say</h3>
      <ul>
        <li>
          <strong>How good the network is.</strong> It tells how much of its width a layer uses, not whether what it
          uses is right. Random labels raise it: there is more to memorise.
        </li>
        <li>
          <strong>What a direction is worth.</strong> It counts variance. A direction of little variance can still
          decide a class, though what lies beyond k can mostly be dropped at little cost <Cite of="richter2020" />: a
          small network on 8×8 digits kept 99 % of its accuracy when every hidden layer was confined to its k
          directions.
        </li>
        <li>
          <strong>How layers of different width compare.</strong> k and saturation move apart: on the same digits, with
          a first layer of 8 to 512 units, its saturation fell from 71 to 7 %, while k rose from 6 to 38 and accuracy
          from 87 to 99 %.
        </li>
        <li>
          <strong>Anything apart from how it started.</strong> The <Term name="initial weights" id="initialisation" />{' '}
          alone move saturation threefold at equal accuracy:
        </li>
      </ul>
      <div className={styles['scroller']}>
        <table>
          <caption>784-128-64-10 on 10,000 images of MNIST, Adam, 400 steps, three seeds</caption>
          <thead>
            <tr>
              <th scope="col">Started by</th>
              <th scope="col">Accuracy</th>
              <th scope="col">k of 128</th>
              <th scope="col">k of 64</th>
              <th scope="col">k of 10</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">PyTorch’s default</th>
              <td>92 %</td>
              <td>32–33</td>
              <td>15–17</td>
              <td>8–9</td>
            </tr>
            <tr>
              <th scope="row">He’s rule, zero biases</th>
              <td>93 %</td>
              <td>81–82</td>
              <td>43</td>
              <td>9</td>
            </tr>
          </tbody>
        </table>
      </div>
      <p>
        So a low saturation is a hint and no verdict: try the narrower or shallower network and compare. In
        convolutional networks it is known to follow the size of the receptive field against that of the input{' '}
        <Cite of="richter2021size" />, <Cite of="richter2021deeper" />.
      </p>
      <h3>Where the numbers end</h3>
      <ul>
        <li>
          n rows have at most n − 1 directions between them. Below ten rows per feature the page calls a number{' '}
          <Term name="provisional" id="provisional" /> and shows how many there are.
        </li>
        <li>It belongs to its samples: another data set, or another part of it, has another spectrum.</li>
        <li>
          The tests run in Chromium, with WebGPU computed on the processor. Other browsers and graphics cards are not
          part of them: exponentials and roots may differ in the last bit, so that weights agree to the bounds above,
          and bit by bit only on the same adapter and browser.
        </li>
        <li>Networks have up to 64 layers, of up to 2,048 units or 1,024 channels each.</li>
      </ul>
    </>
  )
}
