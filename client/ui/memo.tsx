import { Component, type ComponentChildren } from 'preact'

/** A component that is drawn again only when one of its props has changed. */
export abstract class Memo<Props extends object> extends Component<Props> {
  override shouldComponentUpdate(next: Readonly<Props>): boolean {
    const keys = new Set([...Object.keys(next), ...Object.keys(this.props)])
    return [...keys].some((key) => Reflect.get(next, key) !== Reflect.get(this.props, key))
  }

  abstract override render(props: Readonly<Props>): ComponentChildren
}
