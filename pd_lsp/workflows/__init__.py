"""What lies around a step: workflow.yaml, saved events, the project's .env."""
