import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api/request';
import { adoptNonce } from './frame/nonce';
import { refuseStrayFiles } from './frame/stray-files';
import { applyTheme, watchSystemTheme } from './frame/theme';
import { startLanguage } from './language/language';
import { router } from './pages';
import { adoptAccount } from './session/account';
import './styles/app.css';

// What the server refuses, it refuses again.
function mayRetry(failures: number, error: Error): boolean {
  const refused = error instanceof ApiProblem && error.status >= 400 && error.status < 500;
  return failures === 0 && !refused;
}

const cache = new QueryClient({
  defaultOptions: {
    // The server may be in this very network: no internet is no reason to wait.
    queries: {
      staleTime: 10_000,
      retry: mayRetry,
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
  },
});

adoptNonce();
adoptAccount();
applyTheme();
watchSystemTheme();
refuseStrayFiles();
await startLanguage();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  );
}
