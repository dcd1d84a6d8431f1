import { Term } from '../../common/Term'

/** What stands behind differences between runs, and behind what the page says of them. */
export function Comparing() {
  return (
    <>
      <h3>Runs side by side</h3>
      <ul>
        <li>
          Up to four runs share their <Term name="seed" id="seed" />, the planned steps and the rhythm of their columns,
          and train in lock-step: step for step, one after the other within each. Every random number has a stream of
          its own, so that layers of equal widths start alike; with the same data, random crops and flips, and size of{' '}
          <Term name="batch" id="batch" /> they see the same samples in the same order. Where they do not, the run says
          “different batches”.
        </li>
        <li>
          What runs are held against is the <Term name="baseline" id="baseline" />. Differences of saturation and
          accuracy are in points: 40 % is 10 points more than 30 %. Layers are compared by their names.
        </li>
        <li>
          Which runs are beside it changes nothing in a run: alone or in company its weights are the same to the bit.
        </li>
        <li>
          A run can be forked at a past step: it takes up the <Term name="snapshot" id="snapshot" /> nearest before, if
          its layers have the same widths, and starts from step 0 else. Batches and schedule go on from there, the
          optimizer’s running means begin anew.
        </li>
        <li>
          One seed is one draw: part of every difference between two runs is chance, and only repetition tells how much.
        </li>
      </ul>
      <h3>Insights</h3>
      <p>
        An <Term name="insight" id="insight" /> is a hypothesis. Rules look at saturation, loss and{' '}
        <Term name="dead units" id="deadUnits" /> of the whole run; “Why?” shows the rule in words, what it found, how
        sure it is and where it comes from. The rules are made for δ = 99 %, and a layer measured with few samples
        lowers what they claim. None of them knows whether the change they propose helps: “Test it” finds out.
      </p>
      <h3>Studies over seeds</h3>
      <ul>
        <li>
          A study trains every network from the first step to the last, once for each of several seeds in a row, while
          the runs on screen go on. “±” in its table is one standard deviation over the seeds.
        </li>
        <li>
          A change is judged seed by seed: the same seed gives both networks the same draws, so that what is luck in
          both cancels. The 95 % interval of the mean difference follows Student’s t, and a difference is called one
          only where the interval leaves no room for none. With three seeds the interval is 4.3 standard errors to
          either side, and small differences stay unproven.
        </li>
        <li>
          <strong>Slim down</strong> removes the <Term name="tail" id="tail" /> and what layers have beyond k, for as
          long as held-out accuracy, as a mean over three seeds, falls by no more than what was allowed. The samples
          that decide there are no test of the network that is left: try it on others.
        </li>
      </ul>
    </>
  )
}
