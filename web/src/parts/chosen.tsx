/** The tick before what is chosen already, in a menu; its room before the others. */
import { Icon } from './icons.js';

export function Chosen({ is }: { is: boolean }) {
  return <span style={{ display: 'inline-flex', width: 16 }}>{is && <Icon name="check" size={16} />}</span>;
}
