import { useState } from 'react'
import buttonStyles from '../common/Button.module.css'
import { Icon } from '../common/Icon'
import { joinClasses } from '../common/joinClasses'
import { Loaded } from '../common/Loaded'
import { Popover } from '../common/Popover'
import type { LayerOffersProps } from './LayerOffers'

const loadOffers = async () => (await import('./LayerOffers')).LayerOffers

/** What can be added to the network, fetched when the palette is first opened. */
export function LayerPalette(props: LayerOffersProps) {
  const [wasOpened, setOpened] = useState(false)
  return (
    <Popover
      label="Add a layer"
      trigger={
        <>
          <Icon name="plus" />
          Add a layer
        </>
      }
      triggerClassName={joinClasses(buttonStyles['button'], buttonStyles['quiet'])}
      width={360}
      onToggle={(isOpen) => setOpened((before) => before || isOpen)}
    >
      {wasOpened && <Loaded load={loadOffers} props={props} failure="The layers could not be loaded." />}
    </Popover>
  )
}
