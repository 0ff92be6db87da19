export default defineComponent({
  async run({ steps, $ }) {
    const { plan } = steps.parse_body.$return_value;
    return { score: plan === "team" ? 10 : 1 };
  },
});
