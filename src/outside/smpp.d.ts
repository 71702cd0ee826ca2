/** What we use of the package `smpp`, which brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer } from 'node:net';

  export interface Pdu {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly message_id?: string;
    readonly esm_class?: number;
    readonly data_coding?: number;
    readonly source_addr?: string;
    readonly destination_addr?: string;
    readonly registered_delivery?: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly receipted_message_id?: string;
    readonly message_state?: number;
    readonly short_message?: { readonly message: string | Buffer; readonly udh?: readonly Buffer[] };
    response(fields?: object): Pdu;
  }

  type Answered = (pdu: Pdu) => void;

  export interface Session extends EventEmitter {
    send(pdu: Pdu, answered?: Answered): boolean;
    bind_transceiver(fields: object, answered: Answered): boolean;
    submit_sm(fields: object, answered: Answered): boolean;
    deliver_sm(fields: object, answered?: Answered): boolean;
    enquire_link(fields: object, answered: Answered): boolean;
    unbind(answered?: Answered): boolean;
    close(): void;
    destroy(): void;
  }

  export interface Server extends NetServer {
    readonly sessions: readonly Session[];
  }

  const smpp: {
    connect(options: { readonly host: string; readonly port: number; readonly tls: boolean }): Session;
    createServer(listener: (session: Session) => void): Server;
  };
  export default smpp;
}
