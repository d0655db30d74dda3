// SPDX-License-Identifier: MIT
#include "app/shell/secretstore.h"

#include <QtCore/QPointer>

#include <qt6keychain/keychain.h>

namespace Hubbub::App
{

using namespace Qt::StringLiterals;

namespace
{

constexpr auto service = "hubbub"_L1;

Error problem(const QKeychain::Job &job)
{
    if (job.error() == QKeychain::EntryNotFound)
        return {u"no-secret"_s, SecretStore::tr("The keychain does not have it."), job.errorString()};
    return {u"no-keychain"_s, SecretStore::tr("No keychain answers on this computer."), job.errorString()};
}

/// It deletes itself when it is done, never earlier: the keychain's answer finds it by its address.
template <typename Job>
Job *ownedByItself(Job *job)
{
    job->setAutoDelete(true);
    return job;
}

} // namespace

void SecretStore::read(const QString &key, QObject *context,
                       std::function<void(const Result<QString> &)> answer)
{
    auto *job = ownedByItself(new QKeychain::ReadPasswordJob(service));
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, context, [job, answer = std::move(answer)] {
        answer(job->error() ? Result<QString>(tl::unexpected<Error>(problem(*job))) : job->textData());
    });
    job->start();
}

void SecretStore::write(const QString &key, const QString &secret, QObject *context,
                        std::function<void(const Result<void> &)> answer)
{
    auto *job = ownedByItself(new QKeychain::WritePasswordJob(service));
    job->setKey(key);
    job->setTextData(secret);
    connect(job, &QKeychain::Job::finished, context, [job, answer = std::move(answer)] {
        answer(job->error() ? Result<void>(tl::unexpected<Error>(problem(*job))) : Result<void>());
    });
    job->start();
}

void SecretStore::forget(const QString &key)
{
    auto *job = ownedByItself(new QKeychain::DeletePasswordJob(service));
    job->setKey(key);
    job->start();
}

} // namespace Hubbub::App
