package dev.lockkeeper.workflows;

/** The same with the workflow cache off: each workflow task replays the whole history. */
class CanaryWorkflowWithoutCacheTest extends CanaryWorkflowTest {

  @Override
  WorkflowFixture fixture() {
    return WorkflowFixture.withoutCache();
  }
}
