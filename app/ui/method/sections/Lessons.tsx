import { hideable } from '../../pageOptions'
import styles from '../MethodPage.module.css'

const frame = '<iframe src="https://…/?embed&large" width="900" height="480" title="Saturascope"></iframe>'

/** What an address can ask of the page, for teachers. */
export function Lessons() {
  return (
    <>
      <p>
        The button with the arrow copies a link that carries the whole experiment behind its “#”. What stands before
        that, after a “?”, changes how the page looks, and nothing else:
      </p>
      <dl className={styles['definitions']}>
        <div>
          <dt>
            <code>?embed</code>
          </dt>
          <dd>
            <p>For a frame in your own page: heatmap, play bar and a link to the whole page.</p>
            <pre>
              <code>{frame}</code>
            </pre>
          </dd>
        </div>
        <div>
          <dt>
            <code>?large</code>
          </dt>
          <dd>
            <p>Everything a third larger, for a projector.</p>
          </dd>
        </div>
        <div>
          <dt>
            <code>?hide=…</code>
          </dt>
          <dd>
            <p>
              Leaves out what would distract, as in <code>?hide=learning,measuring,share</code>. Keys go on working. The
              names:
            </p>
            <dl className={styles['names']}>
              {Object.entries(hideable).map(([name, what]) => (
                <div key={name}>
                  <dt>
                    <code>{name}</code>
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </dd>
        </div>
        <div>
          <dt>
            <code>?method</code>
          </dt>
          <dd>
            <p>
              Opens this page; <code>?method=limits</code> opens it at a section.
            </p>
          </dd>
        </div>
      </dl>
      <p>
        They can be put together: <code>?embed&amp;hide=pace,readout#…</code>
      </p>
    </>
  )
}
