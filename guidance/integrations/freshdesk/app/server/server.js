// Nothing runs here: the app's pages speak with the service. Freshworks asks for both handlers all the same.

exports = {
  onAppInstallHandler() {
    renderData();
  },

  onAppUninstallHandler() {
    renderData();
  },
};
