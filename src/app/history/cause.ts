/** Hang-up causes by name: Q.850 numbers as Asterisk reports them. The names are part of the API and never change. */

/** Asterisk's own 0 means that nothing was said. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'unknown'],
  [1, 'unknownNumber'],
  [2, 'noRoute'],
  [3, 'noRoute'],
  [16, 'normalClearing'],
  [17, 'busy'],
  [18, 'noResponse'],
  [19, 'noAnswer'],
  [20, 'absent'],
  [21, 'rejected'],
  [22, 'numberChanged'],
  [26, 'answeredElsewhere'],
  [27, 'outOfOrder'],
  [28, 'invalidNumber'],
  [29, 'facilityRejected'],
  [31, 'normalUnspecified'],
  [34, 'congestion'],
  [38, 'networkOutOfOrder'],
  [41, 'temporaryFailure'],
  [42, 'congestion'],
  [44, 'channelUnavailable'],
  [50, 'notSubscribed'],
  [57, 'notAllowed'],
  [58, 'notAvailable'],
  [65, 'notImplemented'],
  [79, 'notImplemented'],
  [88, 'incompatible'],
  [102, 'timeout'],
  [111, 'protocolError'],
  [127, 'interworking'],
]);

/** A stable name; `other` for numbers that say nothing to a person. */
export function causeName(cause: number): string {
  return NAMES.get(cause) ?? 'other';
}
