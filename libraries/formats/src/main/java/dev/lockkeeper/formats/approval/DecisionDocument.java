package dev.lockkeeper.formats.approval;

/**
 * The JSON document that an approver signs (SSHSIG, namespace {@value #SIGNATURE_NAMESPACE}).
 *
 * @param terms what it binds
 * @param decision what is decided
 * @param approver the approver's principal in the allowed signers
 * @param reason why; needed for a rejection, may be empty for an approval
 */
public record DecisionDocument(
    DecisionTerms terms, DecisionKind decision, String approver, String reason) {
  public static final String SIGNATURE_NAMESPACE = "lockkeeper-approval@v1";
}
