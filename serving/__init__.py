"""What readers get: releases, their digest, the summary of a night."""
