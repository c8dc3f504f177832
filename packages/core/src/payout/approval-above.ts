/** Above which amount a payout needs approval: the lower of what the setting and what an operator says. */
export function approvalAbove(
  settingSats: bigint | undefined,
  operatorSats: bigint | undefined,
): bigint | undefined {
  if (settingSats === undefined || operatorSats === undefined) return settingSats ?? operatorSats
  return settingSats < operatorSats ? settingSats : operatorSats
}
